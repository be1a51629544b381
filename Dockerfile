# Build: the binary alone, without cgo.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /cairn ./cmd/cairn

# Run: nothing but the binary, time zones and certificates, as nobody.
# The database comes from DATABASE_URL.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /cairn /cairn
ENV CAIRN_ENV=production CAIRN_LISTEN=0.0.0.0:9464
EXPOSE 9464
STOPSIGNAL SIGTERM
ENTRYPOINT ["/cairn"]
CMD ["run"]
