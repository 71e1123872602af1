$connection = Get-CrmConnection -InteractiveMode
#             ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning only after Get-CrmConnection has connected
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
Get-CrmOrganizations -ServerUrl https://contoso.crm4.dynamics.com
