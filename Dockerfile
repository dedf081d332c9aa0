# The first stage builds the page and compiles the kernel; the second has only what runs.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY . .
ENV PIP_CONSTRAINT=/src/constraints.txt \
    PIP_NO_CACHE_DIR=1 \
    SLOWPROP_KERNEL_CACHE=/opt/slowprop/kernels
# Installed where it will run: the kernel's cache knows its source by path and time.
RUN python -m venv /opt/slowprop \
    && /opt/slowprop/bin/pip install --quiet ".[dask,postgres,telemetry]" \
    && /opt/slowprop/bin/slowprop warm

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 slowprop \
    && install --directory --owner=slowprop /data
# Owned by the user that runs: on another kind of processor the kernel is compiled anew, and kept.
COPY --from=build --chown=slowprop /opt/slowprop /opt/slowprop
ENV PATH=/opt/slowprop/bin:$PATH \
    SLOWPROP_HOST=0.0.0.0 \
    SLOWPROP_DATABASE_URL=sqlite:////data/slowprop.db \
    SLOWPROP_KERNEL_CACHE=/opt/slowprop/kernels
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["slowprop", "health"]
CMD ["slowprop", "serve"]
