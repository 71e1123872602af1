using Microsoft.Xrm.Sdk;

namespace Contoso.Helpers
{
    public static class EntityExtensions
    {
        /// <summary>The amount of a money attribute, or zero where there is none.</summary>
        public static decimal GetAmount(this Entity entity, string attribute)
        {
            var money = entity.GetAttributeValue<Money>(attribute);
            return money == null ? 0m : money.Value;
        }
    }
}
