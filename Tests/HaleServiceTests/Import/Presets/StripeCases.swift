extension PresetCase {
    static let stripe = [
        PresetCase(
            preset: "stripe-subscriptions", title: "months, years, cancelled, trial, yen",
            file: """
                id,Customer ID,Customer Description,Plan,Product,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC),Cancel At Period End
                sub_1,cus_1,"Acme, Inc.",plan_m,prod_base,3,eur,month,49.00,active,2025-01-15 10:22,2025-01-15 10:22,2026-01-15 10:22,2026-02-15 10:22,,,false
                sub_2,cus_2,,plan_y,prod_base,1,usd,year,"1,200.00",active,2024-03-01 00:00,2024-03-01 00:00,2025-03-01 00:00,2026-03-01 00:00,2025-11-20 09:00,,true
                sub_3,cus_1,,plan_j,prod_j,2,jpy,month,"1,500",canceled,2024-05-31 12:00,2024-05-31 12:00,2024-06-30 12:00,2024-07-31 12:00,2024-07-01 08:00,2024-07-31 12:00,true
                sub_4,cus_2,,plan_m,prod_base,1,eur,month,49.00,trialing,2026-01-01 00:00,2026-01-01 00:00,2026-01-01 00:00,2026-01-15 00:00,,,false

                """,
            accounts: ["cus_1", "cus_2"], facts: .contracts,
            expected: [
                // 49 x 3 x 12; 1,200; 1,500 x 2 x 12 yen, which have no minor unit.
                "sub_1|cus_1|prod_base|176400|EUR|3|2025-01-15|2026-02-15|1|true|-|-",
                "sub_2|cus_2|prod_base|120000|USD|1|2024-03-01|2026-03-01|12|false|2025-11-20|-",
                "sub_3|cus_1|prod_j|36000|JPY|2|2024-05-31|2024-07-31|1|false|2024-07-01|2024-07-31",
            ], skipped: 1),
        PresetCase(
            preset: "stripe-subscriptions", title: "decimal commas, no quantity, the newer name of the start",
            file: """
                id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),Current Period End (UTC)
                sub_5,cus_1,Basic,,EUR,month,"49,90",active,2025-06-01 08:00,2025-05-31 08:00,2026-01-01 08:00
                sub_6,cus_1,Gold,2,EUR,year,"1.249,50",past_due,2025-06-01 08:00,2025-06-01 08:00,2026-06-01 08:00

                """,
            accounts: ["cus_1"], facts: .contracts,
            expected: [
                // 49.90 x 12 and 1,249.50 x 2.
                "sub_5|cus_1|Basic|59880|EUR|-|2025-05-31|2026-01-01|1|true|-|-",
                "sub_6|cus_1|Gold|249900|EUR|2|2025-06-01|2026-06-01|12|true|-|-",
            ]),
        PresetCase(
            preset: "stripe-subscriptions-api", title: "with a plan, times with and without a fraction",
            file: """
                id,customer,status,currency,quantity,plan.amount,plan.interval,plan.interval_count,plan.product,start_date,current_period_end,cancel_at_period_end,canceled_at,ended_at
                sub_a,cus_1,active,eur,5,4900,month,3,prod_x,1736936520,1776248520,False,,
                sub_b,cus_2,active,jpy,1,120000,year,1,prod_y,1709251200.0,1772323200.0,True,1763629200.0,
                sub_c,cus_2,canceled,usd,1,1999,month,1,prod_x,1717156800.0,1722427200.0,False,1722427200.0,1722427200.0
                sub_d,cus_1,incomplete,eur,1,4900,month,1,prod_x,1736936520,1776248520,False,,

                """,
            accounts: ["cus_1", "cus_2"], facts: .contracts,
            expected: [
                // 49 x 5 x 12 / 3; 120,000 yen; 19.99 x 12.
                "sub_a|cus_1|prod_x|98000|EUR|5|2025-01-15|2026-04-15|3|true|-|-",
                "sub_b|cus_2|prod_y|120000|JPY|1|2024-03-01|2026-03-01|12|false|2025-11-20|-",
                "sub_c|cus_2|prod_x|23988|USD|1|2024-05-31|2024-07-31|1|false|2024-07-31|2024-07-31",
            ], skipped: 1),
        PresetCase(
            preset: "stripe-subscriptions-api", title: "with a price of the first item, names joined by underscores",
            file: """
                id,customer,status,currency,items_data_0_quantity,items_data_0_price_unit_amount,items_data_0_price_recurring_interval,items_data_0_price_recurring_interval_count,items_data_0_price_product,start_date,items_data_0_current_period_end,cancel_at_period_end
                sub_e,cus_1,active,bhd,2,1500,year,1,prod_z,1736936520,1768472520,false

                """,
            accounts: ["cus_1"], facts: .contracts,
            // 1.500 dinars x 2, of which one has a thousand fils.
            expected: ["sub_e|cus_1|prod_z|3000|BHD|2|2025-01-15|2026-01-15|12|true|-|-"]),
        PresetCase(
            preset: "stripe-invoices", title: "decimal commas, no due date, drafts",
            file: """
                id,Amount Due,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Total,Amount Paid,Status,Paid At (UTC)
                in_1,"176,40",true,eur,cus_1,2026-01-15 10:22,2026-02-14 10:22,"AB-1",true,sub_1,"176,40","176,40","176,40",paid,2026-02-01 08:00
                in_2,"1200,50",false,usd,cus_2,2026-03-01 00:00,,"AB-2",false,,"1200,50","1200,50","0,00",open,
                in_3,"5,00",false,eur,cus_1,2026-03-01 00:00,,,false,,"5,00","5,00","0,00",draft,
                in_4,"5,00",true,eur,cus_1,2026-03-01 00:00,,"AB-4",false,,"5,00","5,00","0,00",void,

                """,
            accounts: ["cus_1", "cus_2"], facts: .invoices,
            expected: [
                "in_1|cus_1|2026-02-14|2026-02-01|17640|EUR", "in_2|cus_2|2026-03-01|-|120050|USD",
            ], skipped: 2),
        PresetCase(
            preset: "stripe-invoices", title: "an older export that only says whether it was paid",
            file: """
                id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Total
                in_5,20.00,send_invoice,TRUE,eur,cus_1,2019-01-15 10:22,2019-02-14 10:22,AB-5,TRUE,sub_1,20.00
                in_6,"1,020.00",send_invoice,FALSE,eur,cus_1,2019-01-16 10:22,2019-02-15 10:22,AB-6,FALSE,sub_1,"1,020.00"

                """,
            accounts: ["cus_1"], facts: .invoices,
            expected: [
                "in_5|cus_1|2019-02-14|2019-02-14|2000|EUR", "in_6|cus_1|2019-02-15|-|102000|EUR",
            ]),
        PresetCase(
            preset: "stripe-invoices-api", title: "minor units of currencies with and without decimals",
            file: """
                id,customer,currency,total,status,created,due_date,effective_at,status_transitions.paid_at
                in_a,cus_1,eur,17640,paid,1768472520,1771111800,1768472520,1769932800
                in_b,cus_2,jpy,5000,open,1772323200,,1772323200,
                in_c,cus_2,eur,5000,void,1772323200,,1772323200,

                """,
            accounts: ["cus_1", "cus_2"], facts: .invoices,
            expected: [
                "in_a|cus_1|2026-02-14|2026-02-01|17640|EUR", "in_b|cus_2|2026-03-01|-|5000|JPY",
            ], skipped: 1),
    ]
}
