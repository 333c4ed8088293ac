FROM python:3.13-slim-trixie

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY Makefile pyproject.toml requirements.lock requirements-node.lock package.json ./
RUN make env
COPY . .
RUN make static && rm -rf node_modules

RUN useradd --system --create-home casetransfer && mkdir .private && chown casetransfer .private
USER casetransfer
ENV PATH="/app/.venv/bin:$PATH" PRODUCTION=1 PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "casetransfer.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4"]
