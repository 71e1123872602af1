using System;
using System.Configuration;
using System.Web;
using System.Web.UI;
using System.Web.UI.WebControls;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Contoso.Portal
{
    public partial class Default : Page
    {
        protected Literal Cases;

        protected void Page_Load(object sender, EventArgs e)
        {
            using (var client = new CrmServiceClient(ConfigurationManager.ConnectionStrings["Dynamics"].ConnectionString))
            {
                var query = new QueryExpression("incident") { TopCount = 20, ColumnSet = new ColumnSet("title") };
                foreach (var incident in client.RetrieveMultiple(query).Entities)
                {
                    Cases.Text += "<p>" + HttpUtility.HtmlEncode(incident.GetAttributeValue<string>("title")) + "</p>";
                }
            }
        }
    }
}
