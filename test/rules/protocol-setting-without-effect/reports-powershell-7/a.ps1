#Requires -Version 7.2
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
# @47-80 protocol-setting-without-effect information
Invoke-RestMethod https://contoso.crm4.dynamics.com
