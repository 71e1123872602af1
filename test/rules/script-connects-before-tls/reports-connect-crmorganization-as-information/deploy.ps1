Connect-CrmOrganization -Url https://contoso.crm4.dynamics.com
# @1-24 script-connects-before-tls information
