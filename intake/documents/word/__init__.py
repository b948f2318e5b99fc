"""Word: the blank outline, a filled proposal out, and a filled outline in. Everything follows the declared outline."""
