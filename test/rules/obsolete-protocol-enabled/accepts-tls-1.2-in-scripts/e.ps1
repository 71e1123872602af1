[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::SystemDefault
