module Contoso.Import.Program

open System
open System.IO
open Contoso.Data
open Microsoft.Xrm.Sdk
open Microsoft.Xrm.Tooling.Connector

[<EntryPoint>]
let main argv =
    let connectionString = Environment.GetEnvironmentVariable "CONTOSO_DYNAMICS"
    use client = new CrmServiceClient(connectionString)

    for line in File.ReadLines argv.[0] do
        let customer = Customer.Parse line
        let account = Entity "account"
        account.["accountnumber"] <- customer.Number
        account.["name"] <- customer.Name
        client.Create account |> printfn "%s: %O" customer.Name

    0
