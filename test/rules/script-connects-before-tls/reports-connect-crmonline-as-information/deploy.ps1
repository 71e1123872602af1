Import-Module Microsoft.Xrm.Data.PowerShell
$connection = Connect-CrmOnline -ServerUrl https://contoso.crm4.dynamics.com -Credential $credential
#             ^^^^^^^^^^^^^^^^^ script-connects-before-tls information by itself
