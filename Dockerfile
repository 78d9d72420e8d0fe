# The gateway as an image: packed and installed as from the registry, by the lockfile, on a base without shell and package manager.
# Nobody has to be root, nothing is written: run it with a read-only file system. docs/operating.md says how, and how it was tried.
ARG NODE=24

FROM node:${NODE}-slim AS package
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN mkdir /packed && npm pack --silent --pack-destination /packed

FROM node:${NODE}-slim AS app
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without what only compilers and debuggers read: two fifths of it.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
COPY --from=package /packed/ /packed/
RUN tar -xzf /packed/*.tgz --strip-components=1 -C /app && rm package-lock.json .npmrc

FROM gcr.io/distroless/nodejs${NODE}-debian13:nonroot
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=app /app /app
USER 65532:65532
EXPOSE 4000
# Waits 30 s before it is asked in vain: the first start may wait for Redis, database and MDES.
HEALTHCHECK --start-period=30s --interval=10s --timeout=3s --retries=3 \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1: the gateway takes SIGTERM itself, and starts no process that somebody else would have to bury.
ENTRYPOINT ["/nodejs/bin/node", "/app/bin/token-connect-gateway.mjs"]
