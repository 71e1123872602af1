using System;
using System.ServiceModel.Description;
using System.Windows.Forms;
using Microsoft.Xrm.Sdk.Client;
using Microsoft.Xrm.Sdk.Query;

namespace Contoso.Desk
{
    public partial class MainForm : Form
    {
        private static readonly Uri OrganizationUri =
            new Uri("https://contoso.crm4.dynamics.com/XRMServices/2011/Organization.svc");

        public MainForm()
        {
            InitializeComponent();
        }

        private void searchButton_Click(object sender, EventArgs e)
        {
            var credentials = new ClientCredentials();
            credentials.UserName.UserName = userNameBox.Text;
            credentials.UserName.Password = passwordBox.Text;

            using (var service = new OrganizationServiceProxy(OrganizationUri, null, credentials, null))
            {
                var query = new QueryByAttribute("contact") { ColumnSet = new ColumnSet("fullname", "telephone1") };
                query.AddAttributeValue("lastname", nameBox.Text);

                resultList.Items.Clear();
                foreach (var contact in service.RetrieveMultiple(query).Entities)
                {
                    resultList.Items.Add(contact.GetAttributeValue<string>("fullname") ?? string.Empty);
                }
            }
        }
    }
}
