# Two stages: the first installs the pinned packages and collects the static files, the second only runs.
# The syntax of any builder; no address and no secret in any layer.

FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/requirements.txt
WORKDIR /app
COPY . .
# check_settings fills in placeholders: collecting files needs no server and no secret.
RUN /opt/venv/bin/python -c "from dev.messages import compile_all; compile_all()" \
 && STATIC_ROOT=/app/staticfiles DJANGO_SETTINGS_MODULE=dev.check_settings /opt/venv/bin/python manage.py collectstatic --noinput \
 && rm -rf dev

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin situation \
 && install -d -o situation -g situation /var/lib/situation/checkpoints /var/lib/situation/beat
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/staticfiles CHECKPOINT_DIR=/var/lib/situation/checkpoints
USER situation
EXPOSE 8000
CMD ["uvicorn", "situation_table.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "--timeout-graceful-shutdown", "2"]
