#requires -Version 5.1
[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
