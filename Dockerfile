FROM python:3.13-slim

# PYTHONUNBUFFERED: logs appear at once.
ENV PYTHONUNBUFFERED=1 \
    PRODUCTION=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles

RUN useradd --system --uid 10001 --home-dir /app archive && install -d -o archive /data /data/dumps
WORKDIR /app

COPY requirements.lock ./
COPY deploy/build.sh deploy/
RUN deploy/build.sh install

COPY . .
RUN deploy/build.sh static
RUN deploy/build.sh sbom

# Holds the search index, which is rebuilt from PostgreSQL if it is lost.
VOLUME /data
USER archive
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["deploy/entrypoint.sh", "healthy"]
ENTRYPOINT ["deploy/entrypoint.sh"]
CMD ["serve"]
