Mock Get-CrmConnection { Get-CrmConnection }
