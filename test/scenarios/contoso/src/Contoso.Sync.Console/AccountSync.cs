using System;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Contoso.Sync.Console
{
    /// <summary>Marks the accounts that the ERP system has changed since the last run.</summary>
    public sealed class AccountSync
    {
        private readonly IOrganizationService _service;

        public AccountSync(IOrganizationService service)
        {
            _service = service;
        }

        public int Run(DateTime since)
        {
            var query = new QueryExpression("account") { ColumnSet = new ColumnSet("name", "accountnumber") };
            query.Criteria.AddCondition("modifiedon", ConditionOperator.OnOrAfter, since);

            var count = 0;
            foreach (var account in _service.RetrieveMultiple(query).Entities)
            {
                var update = new Entity("account") { Id = account.Id };
                update["contoso_lastsync"] = DateTime.UtcNow;
                _service.Update(update);
                count++;
            }

            return count;
        }
    }
}
