$arguments = @{
  ServerUrl = 'https://contoso.crm.dynamics.com'
  OrganizationName = 'contoso'
}
Get-CrmConnection @arguments
# @1-18 script-connects-before-tls warning
