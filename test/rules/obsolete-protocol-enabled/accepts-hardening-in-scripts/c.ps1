[Net.ServicePointManager]::SecurityProtocol -= [Net.SecurityProtocolType]::Ssl3
