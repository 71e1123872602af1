namespace Contoso.Desk
{
    partial class MainForm
    {
        private System.Windows.Forms.TextBox userNameBox;
        private System.Windows.Forms.TextBox passwordBox;
        private System.Windows.Forms.TextBox nameBox;
        private System.Windows.Forms.Button searchButton;
        private System.Windows.Forms.ListBox resultList;

        #region Windows Form Designer generated code

        private void InitializeComponent()
        {
            this.userNameBox = new System.Windows.Forms.TextBox();
            this.passwordBox = new System.Windows.Forms.TextBox();
            this.nameBox = new System.Windows.Forms.TextBox();
            this.searchButton = new System.Windows.Forms.Button();
            this.resultList = new System.Windows.Forms.ListBox();
            this.SuspendLayout();
            this.userNameBox.Location = new System.Drawing.Point(12, 12);
            this.passwordBox.Location = new System.Drawing.Point(138, 12);
            this.passwordBox.UseSystemPasswordChar = true;
            this.nameBox.Location = new System.Drawing.Point(12, 48);
            this.searchButton.Location = new System.Drawing.Point(138, 46);
            this.searchButton.Text = "Search";
            this.searchButton.Click += new System.EventHandler(this.searchButton_Click);
            this.resultList.Location = new System.Drawing.Point(12, 84);
            this.resultList.Size = new System.Drawing.Size(260, 160);
            this.ClientSize = new System.Drawing.Size(284, 261);
            this.Controls.Add(this.userNameBox);
            this.Controls.Add(this.passwordBox);
            this.Controls.Add(this.nameBox);
            this.Controls.Add(this.searchButton);
            this.Controls.Add(this.resultList);
            this.Text = "Contoso Desk";
            this.ResumeLayout(false);
            this.PerformLayout();
        }

        #endregion
    }
}
