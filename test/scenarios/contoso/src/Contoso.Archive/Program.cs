using System;
using System.Configuration;
using Microsoft.Crm.Sdk.Messages;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Contoso.Archive
{
    internal static class Program
    {
        private static void Main()
        {
            var client = new CrmServiceClient(ConfigurationManager.AppSettings["ConnectionString"]);
            var query = new QueryExpression("incident") { ColumnSet = new ColumnSet("ticketnumber") };
            query.Criteria.AddCondition("modifiedon", ConditionOperator.OlderThanXMonths, 24);

            foreach (var incident in client.RetrieveMultiple(query).Entities)
            {
                client.Execute(new SetStateRequest
                {
                    EntityMoniker = incident.ToEntityReference(),
                    State = new OptionSetValue(2),
                    Status = new OptionSetValue(6),
                });
                Console.WriteLine(incident.GetAttributeValue<string>("ticketnumber"));
            }
        }
    }
}
