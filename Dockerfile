# syntax=docker/dockerfile:1
# The images of the five parts on a JVM, and of the one-shot helper of the demo. One build serves all:
#
#   docker build --build-arg MODULE=message-service --tag secureapprove-chat/message-service:1.0.0-SNAPSHOT .
#   docker build --target local-stack --tag secureapprove-chat/local-stack:1.0.0-SNAPSHOT .

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow ./mvnw --batch-mode --no-transfer-progress --quiet \
      -Dquick -DskipTests package --also-make \
      --projects gateway,conversation-service,message-service,presence-service,attachment-service \
    # What the demo's helper needs, without the databases that local-stack brings along.
    && mkdir --parents /helper/lib \
    && cp local-stack/target/local-stack.jar /helper/ \
    && cp local-stack/target/lib/*.jar /helper/lib/ \
    && rm /helper/lib/embedded-postgres-binaries-*.jar

# Makes the keys of internal tokens, and puts the demo's people into their directory.
FROM eclipse-temurin:25-jre AS local-stack
COPY --from=build /helper /helper
# A volume that is mounted here for the first time takes this owner over.
RUN install --directory --owner=10001 --group=10001 /keys
USER 10001:10001
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-jar", "/helper/local-stack.jar"]

FROM eclipse-temurin:25-jre AS part
ARG MODULE
# Where attachment-service may keep its files: a new volume takes this owner over.
RUN install --directory --owner=10001 --group=10001 /files
WORKDIR /app
# What changes least comes first. Nobody but root can write here.
COPY --from=build /src/${MODULE}/target/quarkus-app/lib/ lib/
COPY --from=build /src/${MODULE}/target/quarkus-app/*.jar ./
COPY --from=build /src/${MODULE}/target/quarkus-app/app/ app/
COPY --from=build /src/${MODULE}/target/quarkus-app/quarkus/ quarkus/
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
  "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "quarkus-run.jar"]
