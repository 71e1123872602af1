[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls11
# @47-129 obsolete-protocol-enabled warning This adds TLS 1.1
[Net.ServicePointManager]::SecurityProtocol += 'Tls'
# @48-53 obsolete-protocol-enabled warning
