"""Scores: the scheme they are given on, their exact totals, and the certificate that lets anybody recompute them."""
