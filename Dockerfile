# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 club
WORKDIR /app
COPY --from=build /venv /venv
COPY bot ./bot
COPY cogs ./cogs
COPY data ./data
RUN install -d -o club -g club -m 700 /app/data/var \
    && PATH=/venv/bin:$PATH python -m bot check
USER club
# FAILED_WAIT: a container is started again at once, and Discord resets a token that connects too often.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/var/tmp/matplotlib HTTP_PORT=8080 FAILED_WAIT=90
VOLUME /app/data/var
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
