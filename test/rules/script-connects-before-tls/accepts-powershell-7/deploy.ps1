#Requires -Version 7.0
Get-CrmConnection -InteractiveMode
