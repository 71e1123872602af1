if (([Net.ServicePointManager]::SecurityProtocol -band -bnot 3072) -eq 0) { throw 'only TLS 1.2' }
# [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -band -bnot 3072
$mask = [Net.ServicePointManager]::SecurityProtocol -band -bnot [Net.SecurityProtocolType]::Tls12
