# For machines without apt. The image is made by the same set-up as everywhere else.
FROM debian:bookworm-slim
WORKDIR /app
COPY . .
RUN ./run setup && rm -rf /var/lib/apt/lists/*
ENV HOST=0.0.0.0 INTAKE_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
CMD ["./run"]
