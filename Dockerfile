# syntax=docker/dockerfile:1
# The JVM images of the components, and of the one-shot helper of the demo:
#
#   docker build --build-arg MODULE=message-service --tag secureapprove-chat/message-service:1.0.0-SNAPSHOT .
#   docker build --target local-stack --tag secureapprove-chat/local-stack:1.0.0-SNAPSHOT .

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow ./mvnw --batch-mode --no-transfer-progress --quiet \
      -Dquick -DskipTests package --also-make \
      --projects gateway,conversation-service,message-service,presence-service,attachment-service,notification-service \
    # The helper of the demo, without the database binaries of local-stack.
    && mkdir --parents /helper/lib \
    && cp local-stack/target/local-stack.jar /helper/ \
    && cp local-stack/target/lib/*.jar /helper/lib/ \
    && rm /helper/lib/embedded-postgres-binaries-*.jar

# Generates the keys of internal tokens, and provisions the demo people.
FROM eclipse-temurin:25-jre AS local-stack
COPY --from=build /helper /helper
# A new volume mounted here inherits this owner.
RUN install --directory --owner=10001 --group=10001 /keys
USER 10001:10001
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-jar", "/helper/local-stack.jar"]

FROM eclipse-temurin:25-jre AS part
ARG MODULE
ARG VERSION=1.0.0-SNAPSHOT
LABEL org.opencontainers.image.title="secureapprove-chat/${MODULE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.description="SecureApprove Chat, ${MODULE}"
# The file store of attachment-service. A new volume mounted here inherits this owner.
RUN install --directory --owner=10001 --group=10001 /files
WORKDIR /app
# Layers that rarely change come first. Only root can write here.
COPY --from=build /src/${MODULE}/target/quarkus-app/lib/ lib/
COPY --from=build /src/${MODULE}/target/quarkus-app/*.jar ./
COPY --from=build /src/${MODULE}/target/quarkus-app/app/ app/
COPY --from=build /src/${MODULE}/target/quarkus-app/quarkus/ quarkus/
USER 10001:10001
# Heap and direct memory are bounded. The remaining memory is for code, classes and threads.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:MaxDirectMemorySize=128m", \
  "-XX:+ExitOnOutOfMemoryError", \
  "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "quarkus-run.jar"]
