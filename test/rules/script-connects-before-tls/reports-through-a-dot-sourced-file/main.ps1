. "$PSScriptRoot\lib\connect.ps1"
Connect-Everything
