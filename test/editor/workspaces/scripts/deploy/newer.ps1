#requires -Version 7
$connection = Get-CrmConnection -InteractiveMode
