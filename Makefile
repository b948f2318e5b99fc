# Every target is ./run, which needs only sh.
.PHONY: run test check prove bench setup

run test check bench setup:
	@./run $@

prove:
	@./run prove $(NAME)
