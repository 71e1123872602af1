[Net.ServicePointManager]::SecurityProtocol = 'Tls12, Tls13'
