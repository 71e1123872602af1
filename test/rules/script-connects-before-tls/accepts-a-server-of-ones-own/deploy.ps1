Get-CrmConnection -ConnectionString "AuthType=AD;Url=http://crm.contoso.local/Contoso"
Connect-CrmOnPremDiscovery -ServerUrl http://crm -OrganizationName Contoso
