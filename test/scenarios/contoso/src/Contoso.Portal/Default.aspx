<%@ Page Language="C#" AutoEventWireup="true" CodeBehind="Default.aspx.cs" Inherits="Contoso.Portal.Default" %>
<!DOCTYPE html>
<html>
<head runat="server">
    <title>Contoso service portal</title>
</head>
<body>
    <form id="form1" runat="server">
        <asp:Literal ID="Cases" runat="server" />
    </form>
</body>
</html>
