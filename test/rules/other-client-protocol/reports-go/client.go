package main
var config = &tls.Config{
	MaxVersion: tls.VersionTLS11,
// @14-30 other-client-protocol warning
}
