using namespace System.Net
[ServicePointManager]::SecurityProtocol = [SecurityProtocolType]::Ssl3 -bor [SecurityProtocolType]::Tls12
# @43-106 obsolete-protocol-enabled warning SSL 3.0
