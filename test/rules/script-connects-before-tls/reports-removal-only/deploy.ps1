[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -band -bnot [Net.SecurityProtocolType]::Ssl3
Get-CrmConnection -InteractiveMode
# @1-18 script-connects-before-tls warning
