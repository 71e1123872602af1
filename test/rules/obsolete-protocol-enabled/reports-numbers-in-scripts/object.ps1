[Net.ServicePointManager]::SecurityProtocol = [Enum]::ToObject([Net.SecurityProtocolType], 768)
# @47-96 obsolete-protocol-enabled error TLS 1.1
