[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls
# @47-78 obsolete-protocol-enabled error TLS 1.0
