function Set-Protocol([Net.SecurityProtocolType] $Protocol) {
  [Net.ServicePointManager]::SecurityProtocol = $Protocol
#                                               ^^^^^^^^^ obsolete-protocol-enabled error TLS 1.0
}
Set-Protocol -Protocol Tls
