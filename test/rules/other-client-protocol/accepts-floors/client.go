package main
var config = &tls.Config{MinVersion: tls.VersionTLS10}
