# Programs that no package archive has, on the base that all share: it has a shell, CA certificates and wget.
ARG BASE_IMAGE=proving-ground/offline:1

FROM ${BASE_IMAGE} AS cadvisor
COPY cadvisor /usr/bin/cadvisor
EXPOSE 8080
ENTRYPOINT ["/usr/bin/cadvisor"]

FROM ${BASE_IMAGE} AS k6
COPY k6 /usr/bin/k6
USER 12345:12345
WORKDIR /tmp
ENTRYPOINT ["k6"]
