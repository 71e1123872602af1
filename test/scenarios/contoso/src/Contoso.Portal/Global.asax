<%@ Application Codebehind="Global.asax.cs" Inherits="Contoso.Portal.Global" Language="C#" %>
