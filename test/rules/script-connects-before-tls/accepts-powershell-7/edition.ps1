#requires -PSEdition Core
Get-CrmConnection -InteractiveMode
