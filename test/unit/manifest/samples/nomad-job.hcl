job "shop" {
  datacenters = ["dc1"]

  group "web" {
    count = 3

    scaling {
      enabled = true
      min     = 2
      max     = 20

      policy {
        cooldown             = "2m"
        cooldown_on_scale_up = "30s"
        evaluation_interval  = "15s"

        check "busy" {
          source       = "nomad-apm"
          query        = "avg_cpu"
          query_window = "1m30s"
          group        = "cpu"

          strategy "target-value" {
            target       = 70
            max_scale_up = 4
          }
        }
        check "backlog" {
          query = "queue_length"
          strategy "threshold" {
            upper_bound           = 100
            lower_bound           = 10
            delta                 = -1
            within_bounds_trigger = 3
          }
        }
      }
    }

    task "app" {
      driver = "docker"
    }
  }
}
