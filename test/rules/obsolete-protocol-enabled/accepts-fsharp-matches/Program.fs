module Program
open System.Net

let isOld =
    match ServicePointManager.SecurityProtocol with
    | SecurityProtocolType.Tls -> true
    | _ -> false
