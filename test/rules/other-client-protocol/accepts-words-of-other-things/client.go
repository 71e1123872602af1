package main
const name = "tls.VersionTLS11"
