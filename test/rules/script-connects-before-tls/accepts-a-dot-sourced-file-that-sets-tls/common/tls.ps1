[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
