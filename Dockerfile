# One image for web nodes and workers; compose.yaml puts them together with PostgreSQL.
# The image is made by the same set-up as everywhere else: hashed locks, no download at run time.
FROM debian:bookworm-slim
WORKDIR /app
COPY . .
RUN ./run setup \
    && rm -rf /var/lib/apt/lists/* /root/.cache \
    && useradd --system --home-dir /app --shell /usr/sbin/nologin intake \
    && install -d -o intake -g intake /data
USER intake
ENV PATH=/app/.venv/bin:$PATH HOST=0.0.0.0 PORT=8000 INTAKE_DATA_DIR=/data PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready', timeout=4)"]
CMD ["intake", "serve", "--no-worker"]
