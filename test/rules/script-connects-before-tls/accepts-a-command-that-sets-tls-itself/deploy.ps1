Get-PowerPlatformConnection -Url https://contoso.crm4.dynamics.com
