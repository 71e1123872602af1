$connection = Get-CrmConnection `
#             ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
  -ServerUrl 'https://contoso.crm.dynamics.com' `
  -OrganizationName contoso
