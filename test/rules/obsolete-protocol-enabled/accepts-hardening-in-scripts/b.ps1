$obsolete = [Net.SecurityProtocolType]::Tls -bor [Net.SecurityProtocolType]::Tls11
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -band (-bnot $obsolete)
