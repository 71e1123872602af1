using System;
using System.Configuration;
using Microsoft.Crm.Sdk.Messages;
using Microsoft.Xrm.Tooling.Connector;

namespace Contoso.Sync.Console
{
    internal static class Program
    {
        private static int Main(string[] args)
        {
            var connectionString = ConfigurationManager.ConnectionStrings["Dynamics"].ConnectionString;
            using (var client = new CrmServiceClient(connectionString))
            {
                if (!client.IsReady)
                {
                    System.Console.Error.WriteLine("No connection to Dynamics 365: " + client.LastCrmError);
                    return 1;
                }

                var who = (WhoAmIResponse)client.Execute(new WhoAmIRequest());
                System.Console.WriteLine("Connected to {0} as {1}", client.ConnectedOrgFriendlyName, who.UserId);

                var changed = new AccountSync(client).Run(since: DateTime.UtcNow.AddDays(-1));
                System.Console.WriteLine("{0} account(s) updated.", changed);
                return 0;
            }
        }
    }
}
