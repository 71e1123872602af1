using System;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Central.Gateway
{
    internal static class Program
    {
        private static void Main()
        {
            using (var client = new CrmServiceClient(Environment.GetEnvironmentVariable("CONTOSO_DYNAMICS")))
            {
                var rows = client.RetrieveMultiple(new QueryExpression("account"));
                Console.WriteLine("account: {0}", rows.Entities.Count);
            }
        }
    }
}
